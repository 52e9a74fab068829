// The inspector and the page, each leading to the other. The frame runs no script of its own: all of it is done from here.
"use strict";
(() => {
  const frame = document.getElementById("page"), inspector = document.getElementById("inspector");
  const switches = [...document.querySelectorAll("[data-kind]")];
  const page = () => frame.contentDocument;
  const button = (key) => inspector.querySelector(`button[data-key="${CSS.escape(key)}"]`);
  const marks = (key) => [...page().querySelectorAll(`mark[data-m~="${CSS.escape(key)}"]`)];
  let order = [], current = null;

  const show = () => switches.forEach((one) => page().body.classList.toggle(`show-${one.dataset.kind}`, one.checked));

  // within the frame alone: scrollIntoView would move the page around it, too
  const reveal = (mark) => {
    const view = frame.contentWindow, box = mark.getBoundingClientRect();
    const left = box.left < 0 || box.right > view.innerWidth ? box.left - view.innerWidth / 2 : 0;
    view.scrollBy(left, box.top - view.innerHeight / 2);
  };
  const scrollList = (listed) => {
    const box = listed.getBoundingClientRect(), around = inspector.getBoundingClientRect();
    if (box.top < around.top + 48 || box.bottom > around.bottom) inspector.scrollBy(0, box.top - around.top - around.height / 3);
  };

  const choose = (key, from) => {
    page().querySelectorAll("mark.current").forEach((mark) => mark.classList.remove("current"));
    inspector.querySelectorAll("[aria-current]").forEach((one) => one.removeAttribute("aria-current"));
    current = key;
    const found = marks(key), listed = button(key);
    found.forEach((mark) => mark.classList.add("current"));
    if (found.length && from !== "page") reveal(found[0]);
    if (!listed) return;
    listed.setAttribute("aria-current", "true");
    if (from !== "inspector") scrollList(listed);
    if (from === "page") listed.focus({ preventScroll: true });
  };

  const step = (by) => {
    if (!order.length) return;
    const at = order.indexOf(current);
    choose(order[at < 0 ? (by > 0 ? 0 : order.length - 1) : (at + by + order.length) % order.length], "keys");
  };

  const onKey = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input:not([type=checkbox]), select, textarea")) return;
    if (event.key === "n") step(1);
    if (event.key === "p") step(-1);
  };

  const onClick = (event) => {
    const mark = event.target.closest("mark[data-m]");
    if (!mark) return;
    const keys = mark.dataset.m.split(" ");
    const key = ["f", "g", "p"].map((kind) => keys.find((one) => one.startsWith(kind) && button(one))).find(Boolean);
    if (key) choose(key, "page");
  };

  const ready = () => {
    if (!page()?.body || page().URL === "about:blank") return;
    order = [...new Set([...page().querySelectorAll("mark.figure")].flatMap((mark) => mark.dataset.m.split(" ").filter((key) => /^f\d+$/.test(key))))];
    page().addEventListener("click", onClick);
    page().addEventListener("keydown", onKey);
    show();
    document.documentElement.dataset.ready = "true";
    const asked = decodeURIComponent(location.hash.slice(1));
    if (asked && button(asked)) choose(asked, "keys");
  };

  inspector.addEventListener("click", (event) => {
    const pressed = event.target.closest("button[data-key]");
    if (pressed) choose(pressed.dataset.key, "inspector");
  });
  switches.forEach((one) => one.addEventListener("change", show));
  document.addEventListener("keydown", onKey);
  frame.addEventListener("load", ready);
  if (frame.contentDocument?.readyState === "complete") ready();
})();
