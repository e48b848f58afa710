import page from '../../../templates/site-page.hbs';

/** Our own templates of the site. Only the built program can load this file. */
export const OWN_SITE_TEMPLATES: Readonly<Record<string, unknown>> = { 'site-page': page };
