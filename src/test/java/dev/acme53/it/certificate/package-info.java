/// The Certificate stage alone on a real API server; the tests play the approver and the issuer.
package dev.acme53.it.certificate;
