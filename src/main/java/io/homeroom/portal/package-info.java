/**
 * Floor 6. The members' own pages below {@code /m/{code}/}: standing, bills, paying, what has been paid; applying,
 * the way of a case, upgrade, withdrawal, appeal. Inside WeChat
 * a person is known by web login and sees the members it speaks for; anywhere else a bill's signed address shows that
 * one bill and a code to scan, and nothing about the member. {@code /a/{code}} is for everybody: announcements, their feed
 * and the roster, with allowed fields only.
 *
 * <p>Below {@code /t/{code}/} are the pages that colleagues open from cards in WeCom, known by {@link
 * io.homeroom.portal.StaffLogin}; there a form may use the client's scanner ({@link io.homeroom.portal.StaffSdk}).
 *
 * <p>Ports: {@link io.homeroom.portal.WebLogin}, {@link io.homeroom.portal.StaffLogin}, {@link io.homeroom.portal.StaffSdk} and {@link
 * io.homeroom.portal.Cashier}, implemented where WeChat is known. Serves IGRS-18-j, 25-f, DSIA-5-5, BACCA-25, 40-a, 42-b
 * (announcements) and WHJX-9-2 (roster). Events out: {@code desk.Tell}; none in.
 */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(
        displayName = "Portal",
        allowedDependencies = {
            "ground",
            "rulebook",
            "schedule",
            "member",
            "till",
            "desk",
            "dues",
            "governance",
            "liaison",
            "classroom",
            "casework",
            "care",
            "papers",
            "review"
        })
package io.homeroom.portal;
