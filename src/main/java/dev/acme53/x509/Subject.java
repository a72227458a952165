package dev.acme53.x509;

import java.util.List;

/// The attributes of a distinguished name that the API knows; absent ones are empty. What a name holds besides
/// them is left out.
public record Subject(
        String commonName,
        String serialNumber,
        List<String> countries,
        List<String> organizations,
        List<String> organizationalUnits,
        List<String> localities,
        List<String> provinces,
        List<String> streetAddresses,
        List<String> postalCodes) {
    /// The name without attributes.
    public static final Subject EMPTY = ofCommonName("");

    public Subject {
        countries = List.copyOf(countries);
        organizations = List.copyOf(organizations);
        organizationalUnits = List.copyOf(organizationalUnits);
        localities = List.copyOf(localities);
        provinces = List.copyOf(provinces);
        streetAddresses = List.copyOf(streetAddresses);
        postalCodes = List.copyOf(postalCodes);
    }

    /// A name with a common name only.
    public static Subject ofCommonName(String commonName) {
        return new Subject(commonName, "", List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
    }

    /// The same with another serialNumber attribute.
    public Subject withSerialNumber(String serialNumber) {
        return new Subject(
                commonName,
                serialNumber,
                countries,
                organizations,
                organizationalUnits,
                localities,
                provinces,
                streetAddresses,
                postalCodes);
    }
}
