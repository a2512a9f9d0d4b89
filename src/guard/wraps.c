/* SPDX-License-Identifier: Apache-2.0 */
typedef int cl_wraps_unused;
