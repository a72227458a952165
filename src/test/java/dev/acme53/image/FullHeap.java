package dev.acme53.image;

import java.util.ArrayList;

/// A program that takes all memory there is, and then goes on, as one does that catches whatever a call throws.
final class FullHeap {
    static final String GOES_ON = "goes on";

    private FullHeap() {}

    /// @param none nothing to say
    public static void main(String[] none) {
        var kept = new ArrayList<byte[]>();
        try {
            while (true) {
                kept.add(new byte[1 << 20]);
            }
        } catch (OutOfMemoryError e) {
            System.out.println(GOES_ON + " with " + kept.size() + " MiB");
        }
    }
}
