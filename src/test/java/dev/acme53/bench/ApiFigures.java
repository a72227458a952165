package dev.acme53.bench;

import java.util.ArrayList;
import java.util.List;

/// Requests to the Kubernetes API as figures, each for one Certificate.
final class ApiFigures {
    private ApiFigures() {}

    /// What everybody but the benchmark asked: it alone creates Certificates, and only lists besides.
    static List<Figure> of(ApiRequests requests, int certificates) {
        var theirs = requests.only(
                k -> !(k.resource().equals("certificates") && k.verb().equals("POST")));
        var writes = theirs.only(ApiRequests.Kind::isWrite);
        var figures = new ArrayList<Figure>();
        figures.add(Figure.average("Kubernetes writes per Certificate", writes.total(), certificates));
        writes.sorted().forEach((kind, count) -> figures.add(Figure.average("– " + kind, count, certificates)));
        var reads = theirs.only(k -> k.verb().equals("GET"));
        figures.add(Figure.average("Kubernetes reads of one object per Certificate", reads.total(), certificates));
        reads.sorted().forEach((kind, count) -> figures.add(Figure.average("– " + kind, count, certificates)));
        return figures;
    }
}
