package io.homeroom.sandbox;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The accounts that WeChat has registered. */
public final class SandboxAccounts {

    private final List<SandboxAccount> all;

    /** @param all with different codes, appids and merchant numbers */
    public SandboxAccounts(List<SandboxAccount> all) {
        this.all = List.copyOf(all);
    }

    /** All, in the order of their registration. */
    public List<SandboxAccount> all() {
        return all;
    }

    /** The association's; an unknown code is refused. */
    public SandboxAccount of(String code) {
        return find(account -> account.code().equals(code))
                .orElseThrow(() -> new IllegalArgumentException("no such association: " + code));
    }

    /** By appid of the official account. */
    public Optional<SandboxAccount> byAppId(String appId) {
        return find(account -> account.appId().equals(appId));
    }

    /** By merchant number. */
    public Optional<SandboxAccount> byMchId(String mchId) {
        return find(account -> account.mchId().equals(mchId));
    }

    /** By corporation and secret, as WeCom gives out its tokens. */
    public Optional<SandboxAccount> byCorpSecret(String corpId, String secret) {
        return find(
                account -> account.corpId().equals(corpId) && account.cpSecret().equals(secret));
    }

    /** By corporation. */
    public Optional<SandboxAccount> byCorpId(String corpId) {
        return find(account -> account.corpId().equals(corpId));
    }

    /** By the key of one of its group robots. */
    public Optional<SandboxAccount> byRobotKey(String key) {
        return find(account -> account.robots().containsValue(key));
    }

    private Optional<SandboxAccount> find(Predicate<SandboxAccount> fits) {
        return all.stream().filter(fits).findFirst();
    }
}
