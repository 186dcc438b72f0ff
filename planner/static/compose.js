// A refused change is shown where the plan stands; anything else that went wrong loads the page again.
document.addEventListener("htmx:beforeSwap", (event) => {
  const status = event.detail.xhr.status;
  if (status === 409 || status === 422) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});

document.addEventListener("htmx:responseError", () => window.location.reload());

// After a refusal the summary is read first.
document.addEventListener("htmx:afterSettle", () => document.getElementById("problems")?.focus());
