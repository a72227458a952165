package dev.acme53.chart;

import dev.acme53.servers.Helm;
import java.nio.file.Path;
import java.util.List;

/// Values as a user has them, and what the chart makes of them: a folder with `values.yaml` and `golden.yaml`. A first
/// line `# release: NAME` is the release, else it is `acme53`.
record ValueSet(Path folder) {
    private static final String RELEASE = "# release: ";

    static List<ValueSet> all() {
        return Project.list(Project.SETS).stream().map(ValueSet::new).toList();
    }

    Path golden() {
        return folder.resolve("golden.yaml");
    }

    /// What the chart makes of the values now, by helm 4.
    String rendered() {
        return rendered(Helm.Major.FOUR);
    }

    String rendered(Helm.Major major) {
        return Chart.template(major, release(), values()).success();
    }

    Path values() {
        return folder.resolve("values.yaml");
    }

    private String release() {
        return Project.read(values())
                .lines()
                .findFirst()
                .filter(line -> line.startsWith(RELEASE))
                .map(line -> line.substring(RELEASE.length()))
                .orElse("acme53");
    }

    @Override
    public String toString() {
        return folder.getFileName().toString();
    }
}
