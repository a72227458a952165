package dev.acme53.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/// The program's jar, which comes first, and its libraries: in `classpath` and `libs` of a folder, as Jib puts them.
record ClassPath(List<Path> jars) {
    /// What Jib gives every file, and what the AOT cache remembers.
    private static final FileTime TIME = FileTime.from(Instant.ofEpochSecond(1));

    /// For `-cp`, where `folder` is the application's.
    String below(String folder) {
        return jars.stream().map(jar -> folder + "/" + place(jar)).collect(Collectors.joining(":"));
    }

    void copyTo(Path folder) throws IOException {
        for (var jar : jars) {
            var copy = folder.resolve(place(jar));
            Files.createDirectories(copy.getParent());
            Files.copy(jar, copy, StandardCopyOption.REPLACE_EXISTING);
            Files.setLastModifiedTime(copy, TIME);
        }
    }

    private String place(Path jar) {
        return (jar.equals(jars.getFirst()) ? "classpath/" : "libs/") + jar.getFileName();
    }
}
