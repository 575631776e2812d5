// Shows the values under the pointer beside the names of a chart's lines. Without it the page loses nothing else.
for (const chart of document.querySelectorAll('figure.chart')) {
  const series = JSON.parse(chart.dataset.series);
  const plot = chart.querySelector('svg.lines');
  const cursor = chart.querySelector('.cursor');
  const at = chart.querySelector('.at');
  const values = [...chart.querySelectorAll('.value')];
  const summaries = values.map(value => value.textContent);
  const nearest = (points, seconds) => points.reduce(
    (best, point) => Math.abs(best[0] - seconds) > Math.abs(point[0] - seconds) ? point : best);
  plot.addEventListener('pointermove', event => {
    const box = plot.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    const seconds = share * Number(chart.dataset.length);
    cursor.setAttribute('x1', share * 100 + '%');
    cursor.setAttribute('x2', share * 100 + '%');
    cursor.setAttribute('visibility', 'visible');
    at.textContent = 'at ' + seconds.toFixed(1) + ' s';
    series.forEach((points, i) => {
      if (points.length > 0) {
        values[i].textContent = nearest(points, seconds)[1].toLocaleString('en', { maximumSignificantDigits: 4 }) + ' ' + chart.dataset.unit;
      }
    });
  });
  plot.addEventListener('pointerleave', () => {
    cursor.setAttribute('visibility', 'hidden');
    at.textContent = '';
    values.forEach((value, i) => { value.textContent = summaries[i]; });
  });
}
