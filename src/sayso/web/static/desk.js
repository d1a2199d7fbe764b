/* A part of the page that changes by itself is fetched anew until it is done. Without this, the whole page is. */
(() => {
  const part = document.querySelector("[data-again]");
  const later = () => {
    if (part && part.dataset.again) setTimeout(refresh, part.dataset.again * 1000);
  };
  const refresh = async () => {
    const answer = await fetch(location.href).catch(() => null);
    const page = answer && answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page && page.getElementById(part.id);
    if (now && now.innerHTML !== part.innerHTML) {
      if (now.dataset.again) part.dataset.again = now.dataset.again;
      else delete part.dataset.again;
      part.replaceChildren(...now.childNodes);
    }
    later();
  };
  later();
})();
