package io.homeroom.demo;

import java.util.List;
import java.util.Map;

/**
 * What a demo association is made of.
 *
 * @param code the association
 * @param members how many
 * @param place how unit names begin
 * @param endings how they end
 * @param grades how many of each grade, from the top; the rest have the lowest that units enter with
 * @param offices single offices that a person holds, beside 秘书处
 * @param department the office that looks after membership
 * @param branches branches that some of the members are in; somebody speaks for the first
 * @param voters how many from the top of the roster are asked to vote on something
 */
record Cast(
        String code,
        int members,
        String place,
        List<String> endings,
        Map<String, Integer> grades,
        List<String> offices,
        String department,
        List<String> branches,
        int voters) {

    static final List<Cast> ALL = List.of(
            new Cast(
                    "whjx",
                    48,
                    "江城",
                    List.of("建工集团", "路桥工程", "市政建设", "装饰工程", "钢构", "地基基础", "建筑设计院", "监理咨询"),
                    Map.of(),
                    List.of("会籍管理部", "领导", "驻会领导"),
                    "会籍管理部",
                    List.of(),
                    0),
            new Cast(
                    "igrs",
                    36,
                    "京华",
                    List.of("电子", "信息技术", "智能家居", "通信设备", "半导体", "软件研究所"),
                    Map.of("核心会员", 13, "推广会员", 6, "普通会员", 10),
                    List.of("理事长"),
                    "秘书处",
                    List.of(),
                    0),
            new Cast(
                    "dsia",
                    42,
                    "滨海",
                    List.of("软件", "数据服务", "信息系统集成", "云计算", "呼叫中心服务", "动漫科技"),
                    Map.of(),
                    List.of(),
                    "秘书处",
                    List.of(),
                    0),
            new Cast(
                    "bacca",
                    40,
                    "京北",
                    List.of("动画工作室", "漫画文化", "游戏科技", "声优文化", "模型制作", "文创设计"),
                    Map.of("会长单位", 1, "副会长单位", 2, "常务理事单位", 3, "理事单位", 6),
                    List.of("会员部", "秘书长"),
                    "会员部",
                    List.of("动画分会", "漫画分会"),
                    0),
            new Cast(
                    "aii",
                    36,
                    "九州",
                    List.of("工业互联", "装备制造", "自动化", "工业软件", "网络安全", "重工研究院"),
                    Map.of("理事长单位", 1, "副理事长单位", 4, "理事单位", 12),
                    List.of(),
                    "秘书处",
                    List.of(),
                    17));
}
