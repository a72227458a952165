package dev.acme53.it.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PermissionTest {
    @ParameterizedTest
    @CsvSource({
        "GET,/api/v1/secrets,false,'',secrets,list",
        "GET,/api/v1/secrets,true,'',secrets,watch",
        "GET,/api/v1/namespaces/a/secrets/b,false,'',secrets,get",
        "POST,/api/v1/namespaces/a/events,false,'',events,create",
        "PUT,/apis/cert-manager.io/v1/namespaces/a/certificates/b/status,false,cert-manager.io,certificates/status,update",
        "PATCH,/apis/cert-manager.io/v1/clusterissuers/b,false,cert-manager.io,clusterissuers,patch",
        "GET,/apis/cert-manager.io/v1/clusterissuers,false,cert-manager.io,clusterissuers,list",
        "DELETE,/apis/acme.cert-manager.io/v1/namespaces/a/orders/b,false,acme.cert-manager.io,orders,delete"
    })
    void aRequestNeedsOnePermission(
            String method, String path, String watch, String group, String resource, String verb) {
        assertThat(Permission.neededBy(
                        "API request method=\"" + method + "\" path=\"" + path + "\" watch=\"" + watch + "\""))
                .containsExactly(new Permission(group, resource, verb));
    }

    @ParameterizedTest
    @CsvSource({"/apis/cert-manager.io/v1", "/api/v1", "/version"})
    void discoveryNeedsNone(String path) {
        assertThat(Permission.neededBy("API request method=\"GET\" path=\"" + path + "\" watch=\"false\""))
                .isEmpty();
    }
}
