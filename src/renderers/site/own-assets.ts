import minisearch from 'minisearch/umd?text';
import icon from '../../../templates/site/icon.svg?text';
import css from '../../../templates/site/site.css?text';
import script from '../../../templates/site/site.js?text';
import theme from '../../../templates/site/theme.js?text';

/** The shared files as the build put them in. Only the built program can load this file. */
export const OWN_ASSETS: Readonly<Record<string, string>> = {
  'site.css': css,
  'site.js': script,
  'theme.js': theme,
  'icon.svg': icon,
  'minisearch.js': minisearch,
};
