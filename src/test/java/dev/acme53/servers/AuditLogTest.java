package dev.acme53.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AuditLogTest {
    private static final String UPDATE = """
            {"kind":"Event","level":"Metadata","stage":"ResponseComplete","verb":"update",\
            "user":{"username":"system:serviceaccount:a:b"},\
            "objectRef":{"resource":"orders","namespace":"n","name":"o","apiGroup":"acme.cert-manager.io",\
            "apiVersion":"v1","subresource":"status"},"responseStatus":{"code":409},\
            "annotations":{"authorization.k8s.io/decision":"allow"}}
            """;
    private static final String REFUSED = """
            {"verb":"list","user":{"username":"system:serviceaccount:a:b"},"objectRef":{"resource":"secrets",\
            "apiVersion":"v1"},"responseStatus":{"code":403},"annotations":{"authorization.k8s.io/decision":"forbid"}}
            """;
    private static final String OWNER = """
            {"verb":"create","user":{"username":"system:serviceaccount:a:b"},"objectRef":{"resource":"orders",\
            "namespace":"n","name":"o"},"responseStatus":{"status":"Failure","message":"orders \\"o\\" is forbidden: \
            cannot set blockOwnerDeletion if an ownerReference refers to a resource you can't set finalizers on: ",\
            "reason":"Forbidden","code":403},"annotations":{"authorization.k8s.io/decision":"allow"}}
            """;
    private static final String TERMINATING = """
            {"verb":"create","user":{"username":"system:serviceaccount:a:b"},"objectRef":{"resource":"orders",\
            "namespace":"n","name":"o"},"responseStatus":{"status":"Failure","message":"orders \\"o\\" is forbidden: \
            unable to create new content in namespace n because it is being terminated","reason":"Forbidden",\
            "code":403},"annotations":{"authorization.k8s.io/decision":"allow"}}
            """;
    private static final String KIND_OF_JUST_NOW = """
            {"verb":"create","user":{"username":"system:serviceaccount:a:b"},"objectRef":{"resource":"orders",\
            "namespace":"n","name":"o"},"responseStatus":{"status":"Failure","message":"orders \\"o\\" is forbidden: \
            cannot set blockOwnerDeletion in this case because cannot find RESTMapping for APIVersion \
            cert-manager.io/v1 Kind CertificateRequest","reason":"Forbidden","code":403},\
            "annotations":{"authorization.k8s.io/decision":"allow"}}
            """;
    private static final String DISCOVERY = """
            {"verb":"get","requestURI":"/version","user":{"username":"system:serviceaccount:a:b"}}
            """;

    private final AuditLog log = new AuditLog();

    @Test
    void itTellsWhoAskedWhatAndWhetherThatWasAllowed() throws IOException {
        assertThat(read(UPDATE + DISCOVERY + REFUSED))
                .containsExactly(
                        new AuditLog.Request(
                                "system:serviceaccount:a:b",
                                "update",
                                "acme.cert-manager.io",
                                "orders/status",
                                "n",
                                "o",
                                409,
                                true),
                        new AuditLog.Request("system:serviceaccount:a:b", "list", "", "secrets", "", "", 403, false));
    }

    @Test
    void ofWhatAdmissionRefusesAnOwnerThatMayNotBeBlockedAloneIsRbacs() throws IOException {
        assertThat(read(OWNER + TERMINATING + KIND_OF_JUST_NOW))
                .extracting(AuditLog.Request::allowed)
                .containsExactly(false, true, true);
    }

    @Test
    void aLineUnderWayIsReadWhenItIsWhole() throws IOException {
        assertThat(read(UPDATE + REFUSED.substring(0, 30))).hasSize(1);
        assertThat(read(UPDATE + REFUSED)).hasSize(2);
        assertThat(read(UPDATE + REFUSED)).hasSize(2);
    }

    private java.util.List<AuditLog.Request> read(String text) throws IOException {
        return log.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
