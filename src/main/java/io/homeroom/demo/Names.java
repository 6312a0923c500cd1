package io.homeroom.demo;

import io.homeroom.ground.Uscc;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Made-up names of units and people, the same at each start. Any likeness to a real one is chance. */
final class Names {

    private static final List<String> SURNAMES = List.of(
            "周", "吴", "郑", "王", "冯", "陈", "褚", "卫", "蒋", "沈", "韩", "杨", "朱", "秦", "尤", "许", "何", "吕", "施", "张", "孔",
            "曹", "严", "华", "金", "魏", "陶", "姜", "戚", "谢");
    private static final List<String> GIVEN = List.of(
            "敏", "志远", "晓岚", "建国", "雨桐", "思齐", "海燕", "立新", "文静", "子昂", "春梅", "国栋", "佳宁", "若溪", "明哲", "秋实", "一鸣", "婉清",
            "振华", "素琴", "启航", "怀瑾", "书瑶", "景行");
    private static final List<String> FIRST =
            List.of("云", "星", "澜", "岚", "青", "赤", "玄", "鹭", "鹤", "松", "梧", "禾", "砚", "璟", "珩", "霁", "朔", "沐", "墨", "旻");
    private static final List<String> SECOND =
            List.of("桥", "舟", "川", "麓", "汀", "衡", "拓", "筑", "启", "元", "图", "垣", "榭", "弦", "轨", "维", "枢", "野", "坊", "橙");

    private final Random random;
    private final Set<String> used = new HashSet<>();

    Names(long seed) {
        this.random = new Random(seed);
    }

    String person() {
        return pick(SURNAMES) + pick(GIVEN);
    }

    /** A name not given before, ending as units of the trade do. */
    String unit(String place, List<String> endings) {
        String name;
        do {
            name = place + pick(FIRST) + pick(SECOND) + pick(endings);
        } while (!used.add(name));
        return name;
    }

    /** A number from a range that no operator gives out. */
    String phone() {
        return "1000" + String.format(java.util.Locale.ROOT, "%07d", random.nextInt(10_000_000));
    }

    /** A well-formed credit code with a region that does not exist. */
    String uscc() {
        StringBuilder code = new StringBuilder("91990100MA");
        String alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
        for (int i = 0; i < 7; i++) {
            code.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return code.append(Uscc.check(code.toString())).toString();
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    private String pick(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }
}
