package dev.acme53.tools.takeover;

import java.util.List;
import java.util.Map;

/// All that is to be said.
///
/// @param notes sentences of no object in particular
/// @param finished how many objects of a kind need nobody any more
/// @param lacking what could not be looked at
record Report(List<Finding> findings, List<String> notes, Map<String, Integer> finished, List<String> lacking) {
    /// 0 when all is served and all was seen, else 2.
    int exitCode() {
        return lacking.isEmpty() && findings.stream().allMatch(Finding::isServed) ? 0 : 2;
    }
}
