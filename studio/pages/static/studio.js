// The frame around every page: who is signed in, how the page is lit. Pages bring their own scripts beside it.
(() => {
  const THEME = "cc-theme";

  function light() {
    let chosen = null;
    try { chosen = localStorage.getItem(THEME); } catch { /* a frame without storage follows the system */ }
    const dark = chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    document.documentElement.style.colorScheme = dark ? "dark" : "light";
    document.body?.classList.toggle("dark", dark);
  }

  function choose(theme) {
    try { theme === "system" ? localStorage.removeItem(THEME) : localStorage.setItem(THEME, theme); } catch { /* as above */ }
    light();
  }

  async function session() {
    const answer = await fetch("/session", { credentials: "same-origin", headers: { accept: "application/json" } });
    return answer.ok ? answer.json() : { signed_in: false };
  }

  function show(who) {
    document.querySelectorAll("[data-when]").forEach((part) => {
      const when = part.dataset.when;
      part.hidden = when === "in" ? !who.signed_in : when === "out" ? who.signed_in : !who.admin;
    });
    document.querySelectorAll("[data-balance]").forEach((part) => {
      part.textContent = who.balance === undefined ? (who.signed_in ? "Credits" : "") : `${who.balance} credit${who.balance === 1 ? "" : "s"}`;
    });
  }

  async function refresh() {
    try { show(await session()); } catch { /* the page works without it, and the next refresh tries again */ }
  }

  window.canvascast = { choose, refresh, session };
  // Pages have the base "/", so that a plain "#main" would leave them.
  document.addEventListener("click", (event) => {
    const main = event.target.closest?.(".cc-skip") && document.getElementById("main");
    if (!main) return;
    event.preventDefault();
    main.tabIndex = -1;
    main.focus();
    main.scrollIntoView();
  });
  light();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", light);
  document.addEventListener("DOMContentLoaded", light);
  addEventListener("focus", refresh);
  // Gradio draws the page some time after this script ran, and lights it its own way.
  new MutationObserver((_, watcher) => {
    if (!document.querySelector(".cc-account")) return;
    watcher.disconnect();
    light();
    refresh();
    setInterval(refresh, 60_000);
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
