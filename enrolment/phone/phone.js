// The key of iAM Smart+ is made on the phone and stays there: only its public half is sent.
"use strict";

async function makeKey() {
  const pair = await crypto.subtle.generateKey(
    { name: "ECDSA", namedCurve: "P-256" }, false, ["sign", "verify"]);
  await keepKey(pair.privateKey);
  const bytes = new Uint8Array(await crypto.subtle.exportKey("spki", pair.publicKey));
  return btoa(String.fromCharCode(...bytes));
}

function keepKey(key) {
  return new Promise((done, failed) => {
    const opening = indexedDB.open("iam-smart-sandbox", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("keys");
    opening.onerror = () => failed(opening.error);
    opening.onsuccess = () => {
      const writing = opening.result.transaction("keys", "readwrite");
      writing.objectStore("keys").put(key, "signing");
      writing.oncomplete = () => done();
      writing.onerror = () => failed(writing.error);
    };
  });
}

const form = document.querySelector("form[data-signs]");
form?.addEventListener("submit", (event) => {
  const field = form.elements.signing_key;
  if (form.elements.product.value !== "iam_smart_plus" || field.value) return;
  event.preventDefault();
  makeKey().then((key) => { field.value = key; }).finally(() => form.submit());
});
