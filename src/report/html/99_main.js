// Fills the page from top to bottom.

const figures = {
  surface: showSurface,
  axes: showAxes,
  winners: showWinners,
  yardsticks: showYardsticks,
  walk_forward: showWalkForward,
  costs: showCosts,
  best_by_day: showBestByDay,
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
showStructuralPoints();
showFacts();
showComputation();
showAbsent();
document.documentElement.dataset.ready = 'yes';  // Tells tests, and programs that print, that the page is complete.
