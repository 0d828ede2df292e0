// The page, from top to bottom.

const figures = {
  surface: showSurface,
  axes: showAxes,
  winners: showWinners,
  baselines: showBaselines,
  walk_forward: showWalkForward,
  costs: showCosts,
  drift: showDrift,
  fills: showFills,
  execution: showExecution
};
fillHeadline();
if (charts)
  Object.values(figures).forEach((show) => show());
else
  document.querySelectorAll('figure').forEach((figure) => figure.remove());
for (const section of document.querySelectorAll('main > section'))
  if (section.id !== 'tables' && section.id !== 'run' && !section.querySelector('figure')) section.remove();
showPoints();
showDays();
showVariants();
showFacts();
showComputation();
showAbsent();
document.documentElement.dataset.ready = 'yes';  // for tests and for programs that print
