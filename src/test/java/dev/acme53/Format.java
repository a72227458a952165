package dev.acme53;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.ImportOrderer;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The project's source format, palantir-java-format: `FormatTest` checks it, `main` applies it.
final class Format {
    private static final Formatter FORMATTER = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .build());

    private Format() {}

    /// Rewrites every Java file below the folders given that is not formatted yet.
    public static void main(String[] folders) throws IOException, FormatterException {
        for (var folder : folders) {
            for (var file : unformatted(Path.of(folder))) {
                Files.writeString(file, formatted(Files.readString(file)));
                System.out.println("formatted " + file);
            }
        }
    }

    /// The Java files below `folder` whose text is not what the formatter would write.
    static List<Path> unformatted(Path folder) throws IOException, FormatterException {
        var found = new ArrayList<Path>();
        try (var files = Files.walk(folder)) {
            for (var file :
                    files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
                var text = Files.readString(file);
                if (!text.equals(formatted(text))) {
                    found.add(file);
                }
            }
        }
        return List.copyOf(found);
    }

    private static String formatted(String text) throws FormatterException {
        return FORMATTER.formatSource(ImportOrderer.reorderImports(
                RemoveUnusedImports.removeUnusedImports(text), JavaFormatterOptions.Style.PALANTIR));
    }
}
