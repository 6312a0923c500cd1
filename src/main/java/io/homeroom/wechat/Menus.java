package io.homeroom.wechat;

import io.homeroom.ground.Tenant;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import me.chanjar.weixin.common.bean.menu.WxMenu;
import me.chanjar.weixin.common.bean.menu.WxMenuButton;
import me.chanjar.weixin.common.error.WxErrorException;
import me.chanjar.weixin.cp.api.WxCpService;
import me.chanjar.weixin.mp.api.WxMpService;
import me.chanjar.weixin.mp.bean.menu.WxMpMenu;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Gives each official account and each WeCom app its menu, after the start and only where it differs: WeChat allows few changes a day. */
@Component
class Menus {

    private static final int NO_MENU = 46003;

    private static final Logger LOG = LoggerFactory.getLogger(Menus.class);

    private final Accounts accounts;
    private final WechatSettings settings;
    private final Line line;
    private final Executor workers;
    private final Lawbook lawbook;
    private final BusinessClock clock;

    Menus(
            Accounts accounts,
            WechatSettings settings,
            Line line,
            @Qualifier("wechatWorkers") Executor workers,
            Lawbook lawbook,
            BusinessClock clock) {
        this.accounts = accounts;
        this.settings = settings;
        this.line = line;
        this.workers = workers;
        this.lawbook = lawbook;
        this.clock = clock;
    }

    @EventListener(ApplicationReadyEvent.class)
    void hang() {
        for (String code : settings.associations().keySet()) {
            if (settings.mp(code) != null) {
                workers.execute(() -> Tenant.run(code, () -> hang(code)));
            }
            if (settings.cp(code) != null) {
                workers.execute(() -> Tenant.run(code, () -> hangForStaff(code)));
            }
        }
    }

    /** Compares and renews one account's menu. */
    void hang(String code) {
        accounts.mp(code).ifPresent(mp -> {
            WxMenu wanted = menu(lawbook.of(code, clock.today()).fees() != null);
            try {
                if (!shape(wanted.getButtons()).equals(present(code, mp))) {
                    line.ask("mp-" + code, () -> mp.getMenuService().menuCreate(wanted));
                    LOG.info("{}: menu of the official account renewed", code);
                }
            } catch (WxErrorException | RuntimeException e) {
                LOG.warn("{}: menu of the official account not renewed: {}", code, Line.secretless(e));
            }
        });
    }

    /** Compares and renews the menu of one WeCom app. */
    void hangForStaff(String code) {
        accounts.cp(code).ifPresent(cp -> {
            WxMenu wanted = staffMenu(lawbook.of(code, clock.today()));
            try {
                WxMenu there = present(code, cp);
                if (there == null || !shape(wanted.getButtons()).equals(shape(there.getButtons()))) {
                    line.ask("cp-" + code, () -> {
                        cp.getMenuService().create(wanted);
                        return true;
                    });
                    LOG.info("{}: menu of the WeCom app renewed", code);
                }
            } catch (WxErrorException | RuntimeException e) {
                LOG.warn("{}: menu of the WeCom app not renewed: {}", code, Line.secretless(e));
            }
        });
    }

    private @Nullable WxMenu present(String code, WxCpService cp) throws WxErrorException {
        try {
            return line.ask("cp-" + code, () -> cp.getMenuService().get());
        } catch (WxErrorException e) {
            if (e.getError().getErrorCode() == NO_MENU) {
                return null;
            }
            throw e;
        }
    }

    private String present(String code, WxMpService mp) throws WxErrorException {
        try {
            WxMpMenu menu = line.ask("mp-" + code, () -> mp.getMenuService().menuGet());
            return menu == null || menu.getMenu() == null
                    ? ""
                    : shape(menu.getMenu().getButtons());
        } catch (WxErrorException e) {
            if (e.getError().getErrorCode() == NO_MENU) {
                return "";
            }
            throw e;
        }
    }

    /** What of a menu matters, in one line. */
    private static String shape(List<WxMenuButton> buttons) {
        StringBuilder line = new StringBuilder();
        for (WxMenuButton button : buttons) {
            line.append(button.getName()).append('/').append(button.getKey()).append('(');
            line.append(shape(button.getSubButtons() == null ? List.of() : button.getSubButtons()))
                    .append(')');
        }
        return line.toString();
    }

    /** An association whose bylaws know no fee offers no bill and takes no money. */
    private static WxMenu menu(boolean fees) {
        List<WxMenuButton> member = new ArrayList<>();
        member.add(click("状态", "STATUS"));
        if (fees) {
            member.add(click("账单", "BILLS"));
            member.add(click("缴费", "PAY"));
            member.add(click("缴费记录", "PAYMENTS"));
        } else {
            member.add(click("为什么", "WHY"));
        }
        WxMenu menu = new WxMenu();
        menu.setButtons(List.of(
                group("会员", member),
                group("班主任", List.of(click("我的班主任", "TEACHER"), click("人工", "HUMAN"))),
                group("办事", List.of(click("入会", "JOIN"), click("进度", "PROGRESS"), click("帮助", "HELP")))));
        return menu;
    }

    /** Keys are those of the commands in the staff room; a word that the bylaws give no meaning has no button. */
    private static WxMenu staffMenu(Rulebook book) {
        List<WxMenuButton> own = new ArrayList<>();
        own.add(click("我的班级", "class"));
        if (book.fees() != null) {
            own.add(click("欠费", "arrears"));
            own.add(click("提醒全部", "remind"));
        }
        Rulebook.Teacher teacher = book.teacher();
        if (teacher != null && !teacher.nominates().isEmpty()) {
            own.add(click("推荐联络员", "nominate"));
        }
        WxMenu menu = new WxMenu();
        menu.setButtons(List.of(
                group("班级", own),
                group(
                        "待办",
                        List.of(
                                click("今天要办", "todo"),
                                click("诉求", "need"),
                                click("资料变更", "change"),
                                click("寄送", "mail"))),
                group(
                        "通知",
                        List.of(
                                click("群发", "broadcast"),
                                click("已读", "read"),
                                click("请假交接", "leave"),
                                click("帮助", "help")))));
        return menu;
    }

    private static WxMenuButton group(String name, List<WxMenuButton> buttons) {
        WxMenuButton group = new WxMenuButton();
        group.setName(name);
        group.setSubButtons(buttons);
        return group;
    }

    private static WxMenuButton click(String name, String key) {
        WxMenuButton button = new WxMenuButton();
        button.setType("click");
        button.setName(name);
        button.setKey(key);
        return button;
    }
}
