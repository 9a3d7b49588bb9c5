// Hands on to our page who has opened it, as Telegram says behind the "#" of its address, and
// closes the page when it is done. In an ordinary browser, or where the address names more than
// one opener, somebody else has made it: then nothing is handed on.
"use strict";

const WEB = "https://web.telegram.org";
const app = window.TelegramWebviewProxy;
const inside = app !== undefined || window.parent !== window;

function tell(eventType) {
  if (app !== undefined) app.postEvent(eventType, "{}");
  else window.parent.postMessage(JSON.stringify({ eventType, eventData: {} }), WEB);
}

const form = document.querySelector("form[data-opening]");
const given = new URLSearchParams(window.location.hash.slice(1)).getAll("tgWebAppData");
if (form !== null && inside && given.length === 1) {
  form.elements.opening.value = given[0];
  form.submit();
} else if (form !== null) {
  document.querySelector("[data-outside]").hidden = false;
}
if (inside) {
  tell("web_app_ready");
  for (const button of document.querySelectorAll("[data-close]")) {
    button.hidden = false;
    button.addEventListener("click", () => tell("web_app_close"));
  }
}
