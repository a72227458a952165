package dev.acme53.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class DashboardTest {
    private final List<JsonNode> panels =
            Dashboard.read().json().get("panels").valueStream().toList();

    @Test
    void panelsLieSideBySideOnAGridOfTwentyFour() {
        var taken = new boolean[200][24];
        for (var panel : panels) {
            var place = panel.get("gridPos");
            for (var y = 0; y < place.get("h").asInt(); y++) {
                for (var x = 0; x < place.get("w").asInt(); x++) {
                    var cell = taken[place.get("y").asInt() + y];
                    assertThat(cell[place.get("x").asInt() + x])
                            .as(panel.get("title").asText())
                            .isFalse();
                    cell[place.get("x").asInt() + x] = true;
                }
            }
        }
        assertThat(panels).extracting(panel -> panel.get("id").asInt()).doesNotHaveDuplicates();
    }

    @Test
    void everyPanelSaysWhatItShowsAndAsksTheDataSourceThatIsChosen() {
        assertThat(panels)
                .filteredOn(panel -> !panel.get("type").asText().equals("row"))
                .hasSizeGreaterThan(20)
                .allSatisfy(panel -> {
                    assertThat(panel.get("description").asText()).endsWith(".");
                    assertThat(panel.get("targets"))
                            .isNotEmpty()
                            .allSatisfy(target -> assertThat(
                                            target.at("/datasource/uid").asText())
                                    .isEqualTo("${datasource}"));
                });
    }

    @Test
    void everyQueryIsOfTheJobThatIsChosen() {
        assertThat(Dashboard.read().expressions())
                .allSatisfy(expression -> assertThat(expression).contains("{job=~\"$job\""));
    }

    @Test
    void theJobsToChooseFromAreThoseThatHaveAVersion() {
        assertThat(Dashboard.read().variables()).containsExactly("count by (job) (acme53_build_info)");
    }

    @Test
    void aVariablesSelectorIsAskedWithItsLabels() {
        assertThat(new Dashboard(variable("label_values(acme53_leader{job=~\"a\", pod=\"b\"}, pod)")).variables())
                .containsExactly("count by (pod) (acme53_leader{job=~\"a\", pod=\"b\"})");
    }

    @Test
    void aVariableThatAsksInAnotherWayDoesNotGoUnasked() {
        var other = new Dashboard(variable("query_result(acme53_leader)"));
        assertThatThrownBy(other::variables).isInstanceOf(IllegalStateException.class);
    }

    private static JsonNode variable(String query) {
        var json = JsonMapper.builder().build().createObjectNode();
        var variable = json.putObject("templating").putArray("list").addObject();
        variable.put("type", "query").put("definition", query);
        variable.putObject("query").put("query", query);
        return json;
    }
}
