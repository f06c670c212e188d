// Saying it instead of writing it: record, hear it, keep it, say it again. What was
// said is in this page's memory alone until somebody presses Keep; where the line
// breaks it stays there. Pages without a recorder do not load this.
const KINDS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
const BITS = 32000; // for a voice: three minutes in 0.7 MB
const WARNING = 30; // seconds before it stops by itself
const PATIENCE = 6 * 60 * 1000;
const PART = 250, WAIT = 1500; // milliseconds: of sound at a time, and for the first, which some give only at the end

const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

function start(form) {
  const part = Object.fromEntries([...form.querySelectorAll("[data-part]")].map((one) => [one.dataset.part, one]));
  const words = form.dataset;
  const longest = Number(words.longest);
  const most = Number(words.most) * 1024 * 1024;
  let recorder = null, stream = null, ticking = 0, waiting = 0, began = 0; // while somebody speaks
  let take = null;    // { sound, seconds }: what they said
  let sending = null; // while it is on its way

  const say = (text = "", late = false) => {
    part.state.textContent = text;
    part.state.toggleAttribute("data-late", late);
  };
  const show = (names) => ["record", "stop", "level", "hear", "choices", "sending"].forEach((name) => { part[name].hidden = !names.includes(name); });
  const idle = () => { show(["record"]); part.time.textContent = clock(0); };

  async function record() {
    say(words.asking);
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      recorder = new MediaRecorder(stream, { mimeType: KINDS.find((kind) => MediaRecorder.isTypeSupported(kind)), audioBitsPerSecond: BITS });
    } catch (error) {
      part.file.open = true;
      hush();
      return say(/NotAllowed|Security/.test(error.name) ? words.denied : words.missing, true);
    }
    const heap = [];
    recorder.ondataavailable = ({ data }) => { heap.push(data); if (data.size) begin(); };
    recorder.onstop = () => { hush(); listen(new Blob(heap, { type: recorder.mimeType })); };
    stream.getTracks()[0].onended = stop; // the microphone was taken away
    forget();
    began = 0;
    recorder.start(PART);
    clearTimeout(waiting);
    waiting = setTimeout(begin, WAIT);
    part.time.textContent = clock(0);
    say(words.recording);
    show(["stop", "level"]);
    part.stop.focus();
    watch();
  }

  // begin is when sound comes: on a slow phone that is later than the press.
  const begin = () => { began ||= performance.now(); };
  const spoken = () => (began ? Math.min(longest, (performance.now() - began) / 1000) : 0);

  // watch shows the time and how loud it is, and stops when it is long enough.
  function watch() {
    let listener = null, heard = null, warned = false;
    try {
      listener = new AudioContext();
      heard = listener.createAnalyser();
      listener.createMediaStreamSource(stream).connect(heard);
    } catch { part.level.hidden = true; }
    const wave = new Uint8Array(256);
    ticking = setInterval(() => {
      const seconds = spoken();
      part.time.textContent = clock(seconds);
      heard?.getByteTimeDomainData(wave);
      part.level.value = heard ? Math.max(...wave.map((at) => Math.abs(at - 128))) : 0;
      if (!warned && seconds >= longest - WARNING) { warned = true; say(words.soon); }
      if (seconds >= longest) { stop(); say(words.full); }
    }, 100);
    recorder.addEventListener("stop", () => listener?.close(), { once: true });
  }

  function stop() {
    if (recorder?.state !== "recording") return;
    clearInterval(ticking);
    say(words.stopped);
    recorder.stop(); // it gives what it still has before the microphone goes off
  }
  function hush() {
    clearInterval(ticking);
    stream?.getTracks().forEach((track) => track.stop()); // so that the browser's sign goes out
    stream = null;
  }
  function listen(sound) {
    if (!sound.size) { idle(); return say(words.silent, true); }
    take = { sound, seconds: Math.max(1, Math.round(spoken())) };
    part.hear.src = URL.createObjectURL(sound);
    show(["hear", "choices"]);
    part.keep.focus();
  }
  function forget() {
    if (take) URL.revokeObjectURL(part.hear.src);
    part.hear.removeAttribute("src");
    take = null;
  }

  function keep() {
    const body = new FormData(form);
    body.set("sound", take.sound, "recording");
    body.set("seconds", take.seconds);
    sending = new XMLHttpRequest(); // fetch does not say how far it has come
    sending.open("POST", form.action);
    sending.setRequestHeader("HX-Request", "true");
    sending.timeout = PATIENCE;
    sending.upload.onprogress = (event) => { part.progress.value = event.loaded / event.total; };
    sending.onload = () => answered(sending);
    sending.onerror = sending.ontimeout = () => again(words.broken);
    sending.onabort = () => again(words.halted);
    part.progress.value = 0;
    say(words.sending);
    show(["hear", "sending"]);
    sending.send(body);
  }
  function answered({ responseText, getResponseHeader }) {
    const to = getResponseHeader.call(sending, "HX-Redirect");
    if (to && !to.startsWith("/sign-in")) return location.assign(to);
    const page = new DOMParser().parseFromString(responseText, "text/html");
    again(to ? words.ended : page.querySelector(".errors li")?.textContent ?? words.refused);
  }
  // again gives back what was not kept: nothing of it is lost.
  function again(why) {
    say(why, true);
    part.keep.textContent = words.again;
    show(["hear", "choices"]);
    part.keep.focus();
  }

  part.record.addEventListener("click", record);
  part.stop.addEventListener("click", stop);
  part.keep.addEventListener("click", keep);
  part.anew.addEventListener("click", record);
  part.halt.addEventListener("click", () => sending.abort());
  part.away.addEventListener("click", () => { forget(); idle(); say(words.away); part.record.focus(); });
  form.addEventListener("submit", (event) => {
    if (!(form.elements.sound.files[0]?.size > most)) return;
    event.preventDefault();
    say(words.large, true);
  });
  addEventListener("pagehide", hush);
  part.file.open = Boolean(part.file.querySelector(".error"));
  part.take.hidden = false;
  idle();
}

const form = document.querySelector("[data-recorder]");
if (form && navigator.mediaDevices?.getUserMedia && window.MediaRecorder) start(form);
