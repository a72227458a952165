package dev.acme53.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The attributes of a subject besides the common name.
@OmitEmpty
public record Subject(
        List<String> organizations,
        List<String> countries,
        List<String> organizationalUnits,
        List<String> localities,
        List<String> provinces,
        List<String> streetAddresses,
        List<String> postalCodes,
        String serialNumber) {

    public Subject(
            @Nullable List<String> organizations,
            @Nullable List<String> countries,
            @Nullable List<String> organizationalUnits,
            @Nullable List<String> localities,
            @Nullable List<String> provinces,
            @Nullable List<String> streetAddresses,
            @Nullable List<String> postalCodes,
            @Nullable String serialNumber) {
        this.organizations = Absent.or(organizations);
        this.countries = Absent.or(countries);
        this.organizationalUnits = Absent.or(organizationalUnits);
        this.localities = Absent.or(localities);
        this.provinces = Absent.or(provinces);
        this.streetAddresses = Absent.or(streetAddresses);
        this.postalCodes = Absent.or(postalCodes);
        this.serialNumber = Absent.or(serialNumber);
    }
}
