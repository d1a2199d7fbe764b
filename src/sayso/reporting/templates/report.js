/* Convenience only: without it every link, note and layer works as well. */
(() => {
  const open = (target) => {
    for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
  };
  const follow = () => {
    for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id && document.getElementById(id);
    if (!target) return;
    open(target);
    for (const mark of document.querySelectorAll("[data-mark]")) {
      if (mark.dataset.mark === id) mark.classList.add("lit");
    }
    target.scrollIntoView({ block: "center" });
    if (target.tabIndex === -1) target.focus({ preventScroll: true });
  };
  const refs = () => [...document.querySelectorAll("a.ref")].filter((ref) => ref.offsetParent);
  const step = (by) => {
    const all = refs();
    const at = all.indexOf(document.activeElement);
    const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.max(0, Math.min(all.length - 1, at + by));
    if (all[next]) all[next].focus();
  };
  addEventListener("hashchange", follow);
  addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !event.target.closest("#text")) return;
    const layers = document.querySelectorAll(".layers input");
    if (event.key === "j" || event.key === "k") step(event.key === "j" ? 1 : -1);
    else if (layers[event.key - 1]) layers[event.key - 1].click();
  });
  for (const keys of document.querySelectorAll("#keys")) keys.hidden = false;
  follow();
})();
