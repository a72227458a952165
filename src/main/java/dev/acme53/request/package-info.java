/// CertificateRequest → approval, Order, signed certificate.
@NullMarked
package dev.acme53.request;

import org.jspecify.annotations.NullMarked;
