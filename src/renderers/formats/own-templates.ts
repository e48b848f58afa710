import runLogFoot from '../../../templates/run-log-foot.hbs';
import runLogHead from '../../../templates/run-log-head.hbs';
import runLogRemark from '../../../templates/run-log-remark.hbs';
import runLogStep from '../../../templates/run-log-step.hbs';

/** Our own templates as the build precompiled them. Only the built program can load this file. */
export const OWN_TEMPLATES: Readonly<Record<string, unknown>> = {
  'run-log-foot': runLogFoot,
  'run-log-head': runLogHead,
  'run-log-remark': runLogRemark,
  'run-log-step': runLogStep,
};
