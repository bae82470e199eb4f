"""One XForms engine for guide, survey and visit: `publishing` and `reading` define a form, `session` fills it in."""
