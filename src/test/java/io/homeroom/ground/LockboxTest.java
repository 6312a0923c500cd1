package io.homeroom.ground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("个人数据的保管箱")
class LockboxTest {

    private final String key = Lockbox.freshKey();
    private final Lockbox box = new Lockbox(List.of(key));

    @Test
    @DisplayName("封存后读回原文，每次密文不同")
    void whatIsSealedOpensAgain() {
        String sealed = box.seal("13612342001");

        assertThat(box.open(sealed)).isEqualTo("13612342001");
        assertThat(sealed).doesNotContain("13612342001").isNotEqualTo(box.seal("13612342001"));
    }

    @Test
    @DisplayName("换密钥后旧数据仍可读、可查，新数据用新密钥")
    void keysCanBeChanged() {
        String old = box.seal("旧数据");
        Lockbox changed = new Lockbox(List.of(Lockbox.freshKey(), key));

        assertThat(changed.open(old)).isEqualTo("旧数据");
        assertThat(changed.indexes("旧数据")).hasSize(2).contains(box.index("旧数据"));
        assertThatThrownBy(() -> box.open(changed.seal("新数据"))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @DisplayName("改动过的密文不能打开")
    void tamperingIsNoticed() {
        String sealed = box.seal("13612342001");
        char last = sealed.charAt(20) == 'A' ? 'B' : 'A';
        String changed = sealed.substring(0, 20) + last + sealed.substring(21);

        assertThatThrownBy(() -> box.open(changed)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @DisplayName("长度不对的密钥不用")
    void shortKeysAreRefused() {
        assertThatThrownBy(() -> new Lockbox(List.of("c2hvcnQ="))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Lockbox(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
