// The Voices page: narrows the list by language and by voice.
(() => {
  window.canvascastVoices = (element, watch) => {
    const narrow = () => {
      const page = element.querySelector(".vo"), form = page.querySelector("form");
      const { language, gender } = Object.fromEntries(new FormData(form));
      const cards = [...page.querySelectorAll(".vo-card")];
      for (const card of cards) {
        const speaks = !language || card.dataset.language === language || card.dataset.language === "mul";
        card.hidden = !speaks || (!!gender && card.dataset.gender !== gender);
      }
      page.querySelectorAll(".vo-group").forEach((group) => { group.hidden = !group.querySelector(".vo-card:not([hidden])"); });
      const left = cards.filter((card) => !card.hidden).length;
      page.querySelector("[data-no-voice]").hidden = left > 0;
      page.querySelector("[data-voices-found]").textContent = `${left} voice${left === 1 ? "" : "s"}`;
    };
    // A visitor's own language comes first; all others are one choice away.
    const begin = () => {
      const language = element.querySelector('select[name="language"]');
      if (!language || language.dataset.begun) return;
      language.dataset.begun = "yes";
      const own = navigator.language.split("-")[0].toLowerCase();
      if ([...language.options].some((option) => option.value === own)) language.value = own;
      narrow();
    };
    watch("value", begin);
    begin();
    element.addEventListener("change", narrow);
    element.addEventListener("submit", (event) => event.preventDefault());
  };
})();
