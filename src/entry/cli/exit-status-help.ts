export const EXIT_STATUS = `Exit status:
  0    nothing at or above --fail-on
  1    something is
  2    the audit could not be done, or a manifest not be read
  An interrupted run writes no report and ends by its signal: shells show 130
  for Ctrl-C, 143 for SIGTERM.`;
