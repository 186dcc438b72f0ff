// Shows the OpenAPI document; the page names it, so that nothing has to stand inline.
"use strict";

const place = document.getElementById("document");
SwaggerUIBundle({ url: place.dataset.spec, domNode: place, deepLinking: true, validatorUrl: null });
