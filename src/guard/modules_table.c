/* SPDX-License-Identifier: Apache-2.0 */
typedef int cl_modules_table_unused;
