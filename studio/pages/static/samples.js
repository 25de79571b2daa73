// One sound at a time, whichever button asks for it: <button data-play="/samples/...">.
(() => {
  if (window.canvascastSounds) return;
  const sound = new Audio();
  sound.preload = "none";
  let playing = null;

  function show(button, state) {
    button.dataset.state = state;
    button.setAttribute("aria-pressed", String(state === "playing" || state === "loading"));
  }

  function stop() {
    sound.pause();
    if (playing) show(playing, "");
    playing = null;
  }

  async function play(button) {
    stop();
    playing = button;
    show(button, "loading");
    button.removeAttribute("title");
    sound.src = button.dataset.play;
    try {
      await sound.play();
      if (playing === button) show(button, "playing");
    } catch (error) {
      if (playing !== button || error.name === "AbortError") return;
      stop();
      show(button, "failed");
      button.title = "This cannot be played just now.";
    }
  }

  sound.addEventListener("ended", stop);
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-play]");
    if (!button) return;
    event.preventDefault();
    button === playing ? stop() : play(button);
  });
  window.canvascastSounds = { stop };
})();
