package io.homeroom.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.anyMap;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.homeroom.care.Changes;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Bound;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.testing.ShippedRulebook;
import io.homeroom.till.PayLinks;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("一句话报资料变更：日子写错了不猜")
class ChangeWordsTest {

    private final Changes changes = mock(Changes.class);
    private final Bound about = mock(Bound.class);
    private final Lawbook laws = new Lawbook();
    private final ChangeWords words = new ChangeWords(
            changes,
            mock(Roster.class),
            mock(PayLinks.class),
            laws,
            BusinessClock.at(LocalDateTime.of(2026, 5, 6, 10, 0)));

    @BeforeEach
    void two_fields_may_be_changed() {
        laws.put("whjx", ShippedRulebook.of("whjx"));
        when(changes.open(any())).thenReturn(List.of(field("liaison", "联络员"), field("address", "通讯地址")));
    }

    @Test
    @DisplayName("日历上没有的日子：说出来、给例子，不起草；没有写错的照常起草")
    void a_day_that_is_none_is_not_guessed() {
        assertThat(hear("变更联系人 韩梅 13612340009 6月31日起").orElseThrow().text()).startsWith("日历上没有“6月31日”这一天，没有起草。");
        assertThat(hear("变更地址 江汉路8号 2月30日起").orElseThrow().text()).startsWith("日历上没有“2月30日”这一天");
        verify(changes, never()).keep(anyString(), anyLong(), anyMap());

        assertThat(hear("变更联系人 韩梅 13612340009 6月30日起").orElseThrow().text()).contains("韩梅", "6月30日");
        verify(changes)
                .keep("o1", 0, Map.of("field", "liaison", "to", "韩梅", "phone", "13612340009", "from", "2026-06-30"));
    }

    @Test
    @DisplayName("门牌号像日子：新大道2-30号是地址，不当作写错的日子")
    void a_house_number_is_no_wrong_day() {
        assertThat(hear("变更地址 新大道2-30号").orElseThrow().text()).contains("新大道");
        verify(changes).keep(anyString(), anyLong(), anyMap());
    }

    private Optional<Reply> hear(String text) {
        return Tenant.in("whjx", () -> words.hear("o1", text, about));
    }

    private static Changes.Field field(String code, String word) {
        return new Changes.Field(code, word, "", List.of("WHJX-8-5a"), List.of(), false, List.of());
    }
}
