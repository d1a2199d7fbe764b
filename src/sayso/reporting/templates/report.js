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
  addEventListener("hashchange", follow);
  addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });

  /* Keys of one letter, wherever one is on the page but in a field. The list of keys has a switch for them. */
  const help = document.getElementById("help");
  const button = document.getElementById("keys");
  const on = document.getElementById("keys-on");
  const kept = (value) => {
    try {
      if (value === undefined) return localStorage.getItem("sayso-keys");
      localStorage.setItem("sayso-keys", value);
    } catch { /* a page that is opened as a file may have no storage */ }
    return null;
  };
  const marks = () => [...document.querySelectorAll("a.ref")].filter((ref) => ref.checkVisibility());
  let last = null;
  const step = (by) => {
    const all = marks();
    let at = all.indexOf(document.activeElement);
    if (at < 0) at = all.indexOf(last);
    const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.max(0, Math.min(all.length - 1, at + by));
    last = all[next];
    if (!last) return;
    last.focus({ preventScroll: true });
    last.scrollIntoView({ block: "center" });
  };
  const switched = (number) => {
    const layer = document.querySelectorAll(".layers input")[number - 1];
    if (layer) layer.click();
  };
  const acts = { j: () => step(1), k: () => step(-1), "?": () => help.showModal() };
  for (let number = 1; number <= 6; number += 1) acts[number] = () => switched(number);
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !help || help.open) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
    if (!acts[event.key] || (!on.checked && event.key !== "?")) return;
    event.preventDefault();
    acts[event.key]();
  });
  if (help) {
    on.checked = kept() !== "off";
    on.addEventListener("change", () => kept(on.checked ? "on" : "off"));
    button.hidden = false;
    button.addEventListener("click", () => help.showModal());
    document.getElementById("help-close").addEventListener("click", () => help.close());
  }
  follow();
})();
