// The Create page: keeps what is written, asks the studio what it takes, brings files, and sends the order once.
(() => {
  const DRAFT = "cc-draft", MADE = "cc-made";
  const QUIET_MS = 450, LONGEST_KEPT = 1_500_000;

  const newId = () => {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  };

  // What is written stays in this browser until it is sent; a browser that keeps nothing still works.
  const kept = {
    read(name) { try { return JSON.parse(localStorage.getItem(name)); } catch { return null; } },
    write(name, value) { try { localStorage.setItem(name, JSON.stringify(value)); return true; } catch { return false; } },
    drop(name) { try { localStorage.removeItem(name); } catch { /* nothing was kept */ } },
  };

  // Files that wait for their owner to sign in.
  const shelf = {
    async open() {
      return new Promise((done, fail) => {
        const asked = indexedDB.open("canvascast", 1);
        asked.onupgradeneeded = () => asked.result.createObjectStore("files");
        asked.onsuccess = () => done(asked.result);
        asked.onerror = () => fail(asked.error);
      });
    },
    async run(mode, act) {
      try {
        const base = await this.open();
        return await new Promise((done, fail) => {
          const asked = act(base.transaction("files", mode).objectStore("files"));
          asked.onsuccess = () => done(asked.result);
          asked.onerror = () => fail(asked.error);
        });
      } catch { return undefined; }
    },
    put(id, file) { return this.run("readwrite", (store) => store.put(file, id)); },
    get(id) { return this.run("readonly", (store) => store.get(id)); },
    drop(id) { return this.run("readwrite", (store) => store.delete(id)); },
  };

  const size = (bytes) => bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} KB` : `${(bytes / 1e6).toFixed(1)} MB`;

  class Create {
    constructor(element, server, upload) {
      this.root = element.querySelector(".cr");
      this.form = this.root.querySelector("form");
      this.server = server;
      this.upload = upload;
      this.files = { documents: [], uploads: [], own_music: [] };
      this.signedIn = false;
      this.owner = null;
      this.busy = false;
      this.turn = 0;
    }

    async begin() {
      this.listen();
      const draft = kept.read(DRAFT);
      if (draft) this.fill(draft.form);
      this.welcome(draft);
      this.follow();
      const query = Object.fromEntries(new URLSearchParams(location.search));
      let answer = {};
      try { answer = await this.server.start(query); } catch { /* the page works as it was drawn */ }
      await this.meet(answer, draft, query);
      this.look();
    }

    // Whose draft this is: one that somebody else wrote while signed in is not shown.
    async meet(answer, draft, query) {
      this.signedIn = !!answer.signed_in;
      this.owner = answer.owner || null;
      this.all("[data-topic]").forEach((part) => { part.hidden = !answer.topic_alone; });
      if (draft?.owner && draft.owner !== this.owner) { kept.drop(DRAFT); this.form.reset(); this.clear(); draft = null; }
      if (answer.voices) this.redrawVoices(answer.voices);
      if (answer.form && (query.from || !draft)) { this.clear(); this.fill(answer.form); }
      if (draft?.ids && !query.from) this.ids = draft.ids;
      this.left = !!draft?.leaving || (!draft && !!answer.form && !query.from);
      if (query.voice) this.choose("voice", query.voice);
      if (query.niche) this.choose("niche", query.niche);
      if (answer.problem) this.tell([answer.problem]);
      if (draft?.leaving && this.signedIn) this.say("Welcome. Everything is as you left it: press Generate when you are ready.");
      await this.takeBack(draft);
      this.follow();
    }

    all(selector) { return [...this.root.querySelectorAll(selector)]; }
    one(selector) { return this.root.querySelector(selector); }

    listen() {
      this.form.addEventListener("input", (event) => { if (event.target.type !== "file") this.changed(event.target); });
      this.form.addEventListener("submit", (event) => { event.preventDefault(); this.generate(); });
      this.root.addEventListener("click", (event) => {
        const sample = event.target.closest("[data-make], [data-fill]");
        if (sample) this.sample(sample.closest("[data-sample]"), "make" in sample.dataset);
        const shorter = event.target.closest("[data-shorten]");
        if (shorter) this.shorten(shorter.dataset.shorten);
        if (event.target.closest("[data-bring-back]")) this.bringBack();
        if (event.target.closest("[data-start-over]")) this.startOver();
        const out = event.target.closest("[data-take-out]");
        if (out) this.takeOut(out.dataset.takeOut, out.closest("[data-files]"));
      });
      this.all("[data-files]").forEach((place) => this.listenToFiles(place));
    }

    changed(field) {
      const place = field.closest(".cr-field, .cr-step")?.querySelector("[data-problem]");
      if (place) place.hidden = true;
      this.problem("generate", "");
      if (this.ids) this.ids.job = newId();
      this.follow();
      this.keep();
      clearTimeout(this.soon);
      this.soon = setTimeout(() => this.look(), QUIET_MS);
    }

    // What follows from a choice at once, without asking anybody.
    follow() {
      const minutes = Number(this.form.minutes.value);
      this.one("[data-length]").textContent = `${minutes} minute${minutes === 1 ? "" : "s"}`;
      this.form.minutes.style.setProperty("--share", `${((minutes - 1) / 11) * 100}%`);
      const niche = this.one('input[name="niche"]:checked');
      const about = niche && this.root.querySelector(`#niche-${CSS.escape(niche.value)}-about`);
      this.one('[data-about="niche"]').textContent = about ? about.textContent : "";
      this.all("[data-own]").forEach((own) => { own.textContent = niche?.dataset[own.dataset.own] || ""; });
      this.one("[data-own-music]").hidden = this.value("music") !== "own";
      this.one("[data-start-over]").hidden = !this.value("notes") && !Object.values(this.files).some((list) => list.length);
      const language = this.value("voice-language");
      this.all(".cr-voice").forEach((voice) => {
        const fits = !language || voice.dataset.language === language || voice.dataset.language === "mul";
        voice.hidden = !fits && !voice.querySelector("input:checked");
      });
    }

    shorten(minutes) {
      this.form.minutes.value = minutes;
      this.changed(this.form.minutes);
      this.form.minutes.focus();
    }

    value(name) { return this.form.elements.namedItem(name)?.value ?? ""; }

    values() {
      const form = {};
      for (const [name, value] of new FormData(this.form)) if (typeof value === "string") form[name] = value;
      for (const [name, list] of Object.entries(this.files)) form[name] = list.filter((one) => one.given).map((one) => one.given);
      return form;
    }

    fill(form) {
      for (const [name, value] of Object.entries(form || {})) {
        if (name in this.files) { this.files[name] = value.map((given) => ({ id: newId(), name: given.name, given })); continue; }
        const field = this.form.elements.namedItem(name);
        if (!field) continue;
        if (field instanceof RadioNodeList) this.choose(name, value);
        else field.value = value;
      }
      if (["title", "pronunciations", "look", "pack", "captions", "music", "hook"].some((name) => this.value(name))) this.one(".cr-more").open = true;
      Object.keys(this.files).forEach((name) => this.showFiles(name));
    }

    choose(name, value) {
      const radio = this.all(`input[name="${name}"]`).find((one) => one.value === value);
      if (!radio) return;
      radio.checked = true;
      if (name === "voice") {
        const language = radio.closest(".cr-voice").dataset.language, filter = this.form.elements.namedItem("voice-language");
        if (filter.value && language !== filter.value && language !== "mul") filter.value = language;
      }
    }

    clear() { Object.keys(this.files).forEach((name) => { this.files[name] = []; this.showFiles(name); }); }

    redrawVoices(html) {
      const place = this.one("[data-voices]"), chosen = this.value("voice");
      if (place.dataset.drawn === html) return;
      place.innerHTML = html;
      place.dataset.drawn = html;
      this.choose("voice", chosen);
    }

    keep(more = {}) {
      const waiting = this.waiting(), form = this.values();
      if ((form.notes || "").length > LONGEST_KEPT) return;
      kept.write(DRAFT, { form, waiting, owner: this.owner, ids: this.ids, ...more });
    }

    // Files that are not the studio's yet.
    waiting() {
      return Object.entries(this.files).flatMap(([place, list]) =>
        list.filter((one) => !one.given && !one.problem).map((one) => ({ place, id: one.id, name: one.name, bytes: one.bytes })));
    }

    welcome(draft) {
      const written = !!draft?.form?.notes;
      if (written || kept.read(MADE)) this.one(".cr-welcome").open = false;
    }

    // ---- what it takes
    async look() {
      const turn = ++this.turn;
      this.one("[data-estimate]").classList.add("asking");
      let answer = null;
      try { answer = await this.server.look(this.values()); } catch { /* said below */ }
      if (turn !== this.turn) return;
      const estimate = this.one("[data-estimate]");
      estimate.classList.remove("asking");
      if (!answer) { estimate.textContent = "The studio cannot be reached just now. What you write is kept."; return; }
      if (answer.wait_s) { this.soon = setTimeout(() => this.look(), answer.wait_s * 1000); return; }
      const opened = !!estimate.querySelector(".cr-time[open]");
      if (answer.estimate) estimate.innerHTML = answer.estimate;
      if (opened) estimate.querySelector(".cr-time").open = true;
      const total = estimate.querySelector(".cr-total");
      this.one("[data-price]").textContent = total ? [...total.children].map((part) => part.textContent).join(", ") : "";
      this.one("#carry").innerHTML = answer.carry || "";
      if (answer.problems) this.tell(answer.problems, { quietly: true });
    }

    // ---- errors, each at its place
    problem(place, words) {
      const box = this.one(`[data-problem="${place}"]`) || this.one('[data-problem="generate"]');
      box.textContent = words;
      box.hidden = !words;
      return box;
    }

    tell(problems, { quietly = false } = {}) {
      const boxes = problems.map(({ place, words }) => this.problem(place, words));
      if (quietly || !boxes.length) return;
      boxes[0].closest("details")?.setAttribute("open", "");
      const field = boxes[0].closest(".cr-field, .cr-step")?.querySelector("textarea, input:not([type=radio]), select");
      boxes[0].scrollIntoView({ block: "center", behavior: "smooth" });
      field?.focus({ preventScroll: true });
    }

    say(words) {
      const place = this.one("[data-kept]");
      place.textContent = words;
      place.hidden = !words;
    }

    // ---- files
    listenToFiles(place) {
      const input = place.querySelector("input"), drop = place.querySelector(".cr-drop");
      input.addEventListener("change", () => { this.bring(place, [...input.files]); input.value = ""; });
      const over = (event, is) => { event.preventDefault(); drop.classList.toggle("over", is); };
      drop.addEventListener("dragover", (event) => over(event, true));
      drop.addEventListener("dragleave", (event) => over(event, false));
      drop.addEventListener("drop", (event) => { over(event, false); this.bring(place, [...event.dataTransfer.files]); });
    }

    async bring(place, files) {
      const name = place.dataset.files, list = this.files[name];
      if (name === "own_music") list.splice(0);
      const brought = (name === "own_music" ? files.slice(0, 1) : files).map((file) => ({ id: newId(), name: file.name, bytes: file.size, file }));
      list.push(...brought);
      this.problem(name, "");
      this.problem("notes", "");
      for (const one of brought) this.signedIn ? await this.send(name, one) : await this.shelve(place, one);
      this.showFiles(name);
      this.follow();
      this.keep();
      this.look();
    }

    // A stranger's file is looked into once they have signed in; what it is called is seen at once.
    async shelve(place, one) {
      const endings = place.querySelector("input").accept.split(",");
      if (endings.some((ending) => one.name.toLowerCase().endsWith(ending))) await shelf.put(one.id, one.file);
      else one.problem = `${one.name} cannot be used here. Choose a file that ends in ${endings.slice(0, -1).join(", ")} or ${endings.at(-1)}.`;
    }

    async send(name, one) {
      one.sending = true;
      this.showFiles(name);
      let answer;
      try {
        const { path } = await this.upload(one.file);
        answer = await this.server.keep({ path, name: one.name, place: name });
      } catch {
        answer = { problem: `${one.name} could not be sent. Files may have up to 200 MB; try it again, or a smaller one.` };
      }
      one.sending = false;
      one.given = answer.file;
      one.problem = answer.problem;
      if (one.given) shelf.drop(one.id);
      this.showFiles(name);
    }

    // After signing in, files that waited are sent.
    async takeBack(draft) {
      for (const { place, id, name, bytes } of draft?.waiting || []) {
        const file = await shelf.get(id);
        if (!file) { this.problem(place, `${name} is not here any more: choose it once more.`); continue; }
        const one = { id, name, bytes, file };
        this.files[place].push(one);
        if (this.signedIn) await this.send(place, one);
        this.showFiles(place);
      }
      if (draft?.waiting?.length) this.keep();
    }

    takeOut(id, place) {
      const name = place.dataset.files;
      this.files[name] = this.files[name].filter((one) => one.id !== id);
      shelf.drop(id);
      this.showFiles(name);
      place.querySelector("input").focus();
      this.changed(place);
    }

    showFiles(name) {
      const list = this.one(`[data-files="${name}"] .cr-file-list`);
      list.replaceChildren(...this.files[name].map((one) => {
        const entry = document.createElement("li"), label = document.createElement("span"), state = document.createElement("small");
        const out = document.createElement("button");
        label.textContent = one.name;
        state.textContent = one.problem || (one.sending ? "Sending…" : one.given ? "Ready" : "Kept here until you sign in");
        state.setAttribute("role", "status");
        if (!one.sending && !one.problem && one.bytes) state.textContent += `, ${size(one.bytes)}`;
        entry.classList.toggle("bad", !!one.problem);
        entry.classList.toggle("sending", !!one.sending);
        Object.assign(out, { type: "button", className: "cr-link", textContent: "Remove" });
        out.dataset.takeOut = one.id;
        out.setAttribute("aria-label", `Remove ${one.name}`);
        entry.append(label, state, out);
        return entry;
      }));
    }

    // ---- samples
    async sample(card, make) {
      if (this.busy) return;
      const { sample, niche, minutes } = card.dataset;
      let notes;
      try {
        const answer = await fetch(`/samples/notes/${sample}`);
        if (!answer.ok) throw new Error();
        notes = await answer.text();
      } catch { this.say("This sample cannot be opened just now."); return; }
      this.setAside();
      this.filled = notes;
      this.fill({ notes, minutes, links: "", topic: "", title: "", documents: [] });
      this.choose("niche", niche);
      this.changed(this.form.notes);
      if (make) return this.generate(card.querySelector("[data-make]"));
      this.one("#step-notes").scrollIntoView({ behavior: "smooth" });
      this.form.notes.focus({ preventScroll: true });
    }

    // A sample takes the place of what is written, which can be brought back.
    setAside() {
      const form = this.values(), own = form.notes?.trim() || form.links?.trim() || form.documents.length;
      if (!own || this.filled === form.notes) return;
      this.aside = { form };
      this.one("[data-aside]").hidden = false;
    }

    startOver() {
      this.setAside();
      this.form.reset();
      this.clear();
      this.ids = this.filled = null;
      this.say("");
      this.changed(this.form.notes);
      this.form.notes.focus();
    }

    bringBack() {
      this.clear();
      this.fill(this.aside.form);
      this.aside = null;
      this.one("[data-aside]").hidden = true;
      this.changed(this.form.notes);
      this.form.notes.focus();
    }

    // ---- Generate, once however often it is pressed
    async generate(pressed) {
      if (this.busy) return;
      if (Object.values(this.files).flat().some((one) => one.sending)) return this.tell([{ place: "generate", words: "A file is still on its way. Wait a moment." }]);
      clearTimeout(this.soon);
      this.working(true, pressed);
      this.ids ||= { project: newId(), job: newId(), again: false };
      this.keep();
      let answer;
      try { answer = await this.server.generate({ form: this.values(), waiting: this.waiting().map((one) => one.place), ...this.ids }); }
      catch { answer = { problems: [{ place: "generate", words: "The studio cannot be reached just now. Nothing is lost: press Generate again in a moment." }] }; }
      if (answer.go) return this.go(answer.go);
      if (answer.sign_in) return this.leaveToSignIn(answer);
      this.working(false, pressed);
      this.ids.again = true;
      this.tell(answer.problems || []);
    }

    working(is, pressed) {
      this.busy = is;
      for (const button of [this.one(".cr-generate"), pressed].filter(Boolean)) {
        button.setAttribute("aria-busy", String(is));
        button.classList.toggle("busy", is);
      }
      this.one(".cr-generate span").textContent = is ? "Starting…" : "Generate";
    }

    go(address) {
      this.aside ? kept.write(DRAFT, { form: this.aside.form, waiting: [], owner: this.owner }) : kept.drop(DRAFT);
      if (this.left) fetch("/drafts", { method: "DELETE", credentials: "same-origin", keepalive: true }).catch(() => {});
      kept.write(MADE, true);
      location.assign(address);
    }

    async leaveToSignIn(answer) {
      this.keep({ leaving: true });
      try {
        await fetch("/drafts", {
          method: "POST", credentials: "same-origin", headers: { "content-type": "application/json" }, body: JSON.stringify({ brief: answer.brief, framed: self !== top }),
        });
      } catch { /* this browser keeps it too */ }
      location.assign(`/sign-in?next=${encodeURIComponent(location.pathname)}`);
    }
  }

  window.canvascastCreate = (element, server, upload) => {
    const one = new Create(element, server, upload);
    one.begin();
    return one;
  };
})();
