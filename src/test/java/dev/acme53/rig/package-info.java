/// Everything that a Certificate needs to be issued, on this machine: a Kubernetes API, an ACME CA and Route 53.
@NullMarked
package dev.acme53.rig;

import org.jspecify.annotations.NullMarked;
