/// The CertificateRequest stage on a real API server, with the Order stage and a strict CA where they are needed.
package dev.acme53.it.request;
