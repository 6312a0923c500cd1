package io.homeroom;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

@DisplayName("房间：各有边界，只用写明可用的房间")
class ModularityTests {

    @Test
    @DisplayName("模块之间没有环，也不碰别人的内部")
    void rooms_use_only_what_they_declare() {
        ApplicationModules.of(Homeroom.class).verify();
    }
}
