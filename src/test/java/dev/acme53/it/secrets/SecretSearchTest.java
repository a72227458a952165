package dev.acme53.it.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretSearchTest {
    private static final String SECRET = "s3cr3t/with+signs?and>more";
    private final SecretSearch search = new SecretSearch();

    SecretSearchTest() {
        search.add("the key", SECRET);
    }

    @Test
    void aSecretIsFoundAsItIsAndNotRepeated() {
        assertThat(search.in("log", "first\nkey=" + SECRET + "\nlast"))
                .singleElement()
                .asString()
                .isEqualTo("log holds the key: key=…");
    }

    @Test
    void aSecretIsFoundUrlEncoded() {
        assertThat(search.in("log", "a=" + URLEncoder.encode(SECRET, StandardCharsets.UTF_8)))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "ab", "abc", "user:"})
    void aSecretIsFoundInBase64WhateverStandsAroundIt(String before) {
        for (var after : new String[] {"", "z", "zy", "zyx"}) {
            var octets = (before + SECRET + after).getBytes(StandardCharsets.UTF_8);
            assertThat(search.in("log", Base64.getEncoder().encodeToString(octets)))
                    .isNotEmpty();
            assertThat(search.in("log", Base64.getUrlEncoder().encodeToString(octets)))
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Basic x",
                "{\"Authorization\":\"x\"}",
                "AWS4-HMAC-SHA256 Credential=",
                "Bearer abc",
                "x-amz-security-token: x",
                "-----BEGIN RSA PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----",
                "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ4In0.c2ln",
                "{\"signature\":\"abc\"}"
            })
    void whatLooksLikeASecretIsFound(String text) {
        assertThat(search.in("log", text)).isNotEmpty();
    }

    @Test
    void otherTextIsNot() {
        assertThat(search.in("log", "authorization valid; -----BEGIN CERTIFICATE-----; the bearer of bad news"))
                .isEmpty();
    }
}
