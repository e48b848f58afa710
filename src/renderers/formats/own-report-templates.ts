import junit from '../../../templates/junit.hbs';
import runPage from '../../../templates/run-page.hbs';
import runSummary from '../../../templates/run-summary.hbs';

/** Our own templates of other renderings of a run, apart from those that every run needs. Only the built program can load this file. */
export const OWN_REPORT_TEMPLATES: Readonly<Record<string, unknown>> = {
  junit,
  'run-page': runPage,
  'run-summary': runSummary,
};
