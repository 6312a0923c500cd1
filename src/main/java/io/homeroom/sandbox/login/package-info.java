/** The page on which a person lets an official account or a WeCom app know who it is, and the codes it gives out. */
@NullMarked
package io.homeroom.sandbox.login;

import org.jspecify.annotations.NullMarked;
