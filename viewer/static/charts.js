// Draws every chart of a page from the specification beside it, in the colours of the page; again where htmx brings new ones.
"use strict";
(() => {
  const look = () => {
    const style = getComputedStyle(document.body);
    const soft = style.getPropertyValue("--soft").trim(), line = style.getPropertyValue("--line").trim();
    return {
      background: "transparent", font: "system-ui, sans-serif", view: { stroke: null },
      axis: { labelColor: soft, titleColor: soft, gridColor: line, domainColor: line, tickColor: line, labelFontSize: 12 },
      legend: { labelColor: soft, labelFontSize: 12 },
    };
  };
  const draw = (place) => {
    const told = JSON.parse(place.parentElement.querySelector("script").textContent);
    const compiled = vegaLite.compile({ ...told, config: look() }, { logger: vega.logger(vega.Error) }).spec;
    const runtime = vega.parse(compiled, null, { ast: true });
    new vega.View(runtime, { expr: vega.expressionInterpreter, renderer: "svg", logLevel: vega.Error }).initialize(place).hover().runAsync();
  };
  const drawAll = () => document.querySelectorAll("[data-chart]:empty").forEach(draw);
  const again = () => { document.querySelectorAll("[data-chart]").forEach((place) => place.replaceChildren()); drawAll(); };
  const slide = (event) => {
    const slider = event.target.closest("input[type=range][data-days]");
    if (!slider) return;
    const days = slider.dataset.days.split(" ");
    const last = Number(slider.value) === days.length - 1;
    slider.form.elements.as_of.value = last ? "" : days[slider.value];
  };
  document.addEventListener("input", slide);
  document.addEventListener("htmx:afterSettle", drawAll);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", drawAll); else drawAll();
})();
