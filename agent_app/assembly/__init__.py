"""The only place that builds and joins everything: `application` up to the sign-in, `desk` behind it."""
