import { wrongAnnotation } from './annotation.ts';
import { brokenLink } from './broken-link.ts';
import { changedId } from './changed-id.ts';
import { condition } from './condition.ts';
import { contradictedEffect } from './contradicted-effect.ts';
import { crlf } from './crlf.ts';
import { destructive } from './destructive.ts';
import { doubtful } from './doubtful.ts';
import { endlessCommand } from './endless-command.ts';
import { expectationNearMiss } from './expectation-near-miss.ts';
import { positionalParameter } from './free-parameter.ts';
import { freeVariable } from './free-variable.ts';
import { wrongFrontmatter } from './frontmatter.ts';
import { hereOnly } from './here-only.ts';
import { hiddenCharacter } from './hidden-character.ts';
import { inferredStep } from './inferred-step.ts';
import { interactiveCommand } from './interactive-command.ts';
import { invalidUtf8 } from './invalid-utf8.ts';
import { leftOut } from './left-out.ts';
import { literalSecret } from './literal-secret.ts';
import { misplacedMark } from './mark-in-front.ts';
import { mistagged } from './mistagged.ts';
import { nearInput } from './near-input.ts';
import { nestedFence } from './nested-fence.ts';
import { noExpectation } from './no-expectation.ts';
import { nonAsciiQuote } from './non-ascii-quote.ts';
import { emptyRunbook } from './nothing-to-run.ts';
import { nulByte } from './nul-byte.ts';
import { overdueReview } from './overdue-review.ts';
import { psqlCommand } from './psql-command.ts';
import { remoteSession } from './remote-session.ts';
import type { Rule } from './rule.ts';
import { runsNothing } from './runs-nothing.ts';
import { sameMinute } from './same-minute.ts';
import { shellSyntax } from './shell-syntax.ts';
import { splitCell } from './split-cell.ts';
import { sudoPassword } from './sudo-password.ts';
import { toolMissing } from './tool-missing.ts';
import { unboundInput } from './unbound-input.ts';
import { unclosedFence } from './unclosed-fence.ts';
import { unknownAnnotation } from './unknown-annotation.ts';
import { unreadLimit } from './unread-limit.ts';
import { wideTable } from './wide-table.ts';

/** Every rule, in the order of the documentation: what reading finds first. */
export const RULES: readonly Rule[] = [
  unclosedFence,
  nestedFence,
  mistagged,
  runsNothing,
  doubtful,
  leftOut,
  unknownAnnotation,
  wrongAnnotation,
  contradictedEffect,
  expectationNearMiss,
  misplacedMark,
  sameMinute,
  wrongFrontmatter,
  splitCell,
  unreadLimit,
  wideTable,
  changedId,
  crlf,
  invalidUtf8,
  nulByte,
  unboundInput,
  freeVariable,
  positionalParameter,
  endlessCommand,
  interactiveCommand,
  psqlCommand,
  remoteSession,
  hereOnly,
  inferredStep,
  destructive,
  sudoPassword,
  literalSecret,
  shellSyntax,
  nonAsciiQuote,
  hiddenCharacter,
  toolMissing,
  brokenLink,
  noExpectation,
  condition,
  nearInput,
  overdueReview,
  emptyRunbook,
];
