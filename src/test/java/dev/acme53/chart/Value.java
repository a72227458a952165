package dev.acme53.chart;

import com.fasterxml.jackson.databind.JsonNode;

/// A value of the chart that `values.yaml` has a comment for.
///
/// @param section the title above it
/// @param path its keys from the root, joined by dots
/// @param standard what it is unless given
/// @param meaning the comment, in one line
record Value(String section, String path, JsonNode standard, String meaning) {
    /// Whether `other`, a path, is this value or a part of it.
    boolean covers(String other) {
        return other.equals(path) || other.startsWith(path + ".");
    }
}
