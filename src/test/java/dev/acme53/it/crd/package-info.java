/// What the API server makes of the files in `crds/`: every rule with an accepted and a refused object, and what
/// `kubectl get` shows.
package dev.acme53.it.crd;
