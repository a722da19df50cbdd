/**
 * The HTML report: what is on the page, in plain records, for the templates in {@code
 * reports/html}, which become classes of this package when it is built. The templates escape by
 * context; texts from elsewhere are stripped of control characters before.
 */
@NullMarked
package plimsoll.report.html;

import org.jspecify.annotations.NullMarked;
