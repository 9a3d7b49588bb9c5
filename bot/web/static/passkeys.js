// Asks the browser for a passkey, and sends its answer along with the form that wants it.
"use strict";

const ways = {
  create: (options) =>
    navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }),
  get: (options) =>
    navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }),
};

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const refused = form.querySelector("[data-refused]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    refused.textContent = "";
    try {
      const credential = await ways[form.dataset.passkey](JSON.parse(form.dataset.options));
      form.elements.answer.value = JSON.stringify(credential.toJSON());
    } catch {
      refused.textContent = refused.dataset.refused;
      return;
    }
    form.submit();
  });
}
